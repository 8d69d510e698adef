package dev.sluice.kubeapi.cel;

/** What became of a rule. */
public sealed interface Verdict {

    /** The rule holds. */
    record Holds() implements Verdict {}

    /**
     * The rule does not hold.
     *
     * @param message from its message expression; "" when it has none, or that failed
     */
    record Broken(String message) implements Verdict {}

    /**
     * The rule could not be evaluated.
     *
     * @param reason such as {@code no such key: x}
     * @param noOverload whether a function was called with a type that it does not take
     */
    record Failed(String reason, boolean noOverload) implements Verdict {}
}
