package dev.sluice.kubeapi.cel;

/** A rule does not compile. The message is for the author of the CRD. */
public final class RuleSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    RuleSyntaxException(String message) {
        super(message);
    }
}
