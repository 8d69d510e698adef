package dev.sluice.kubeapi.cel;

/** An expression that cannot be compiled; the message is for the author of the definition. */
public final class RuleSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    RuleSyntaxException(String message) {
        super(message);
    }
}
