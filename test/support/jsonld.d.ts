/** The part of jsonld that tests use; its own types are for an older version. */
declare module 'jsonld' {
  const jsonld: {
    expand(document: object, options: { documentLoader(url: string): Promise<never> }): Promise<object[]>;
  };
  export default jsonld;
}
