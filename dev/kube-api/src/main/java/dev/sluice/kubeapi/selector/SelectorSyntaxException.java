package dev.sluice.kubeapi.selector;

/** A selector that cannot be parsed or names a field that its resource does not offer. */
public final class SelectorSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SelectorSyntaxException(String message) {
        super(message);
    }
}
