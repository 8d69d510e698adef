package dev.sluice.kubeapi.selector;

/** A selector is malformed or contains a field that its resource does not support. */
public final class SelectorSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SelectorSyntaxException(String message) {
        super(message);
    }
}
