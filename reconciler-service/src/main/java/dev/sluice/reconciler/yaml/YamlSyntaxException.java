package dev.sluice.reconciler.yaml;

/** A place where a document is not YAML, on its way out of the scanner and the parser. */
final class YamlSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    YamlSyntaxException(YamlMark mark, String problem) {
        super(mark + ": " + problem);
    }
}
