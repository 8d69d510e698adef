package dev.sluice.reconciler.yaml;

/** A syntax error in a document; the parser converts it to an {@link InvalidYamlException}. */
final class YamlSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    YamlSyntaxException(YamlMark mark, String problem) {
        super(mark + ": " + problem);
    }
}
