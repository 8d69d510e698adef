package dev.sluice.kubeapi.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The faults that are set, with what is left of them. Thread-safe. */
final class ActiveFaults {

    /** A fault and how often it will still strike. */
    private static final class Charge {

        private final Fault fault;
        private int left;

        Charge(Fault fault) {
            this.fault = fault;
            this.left = fault.times();
        }
    }

    private final List<Charge> charges = new ArrayList<>();

    synchronized void add(Fault fault) {
        charges.add(new Charge(fault));
    }

    synchronized void clear() {
        charges.clear();
    }

    /** The first fault that strikes this request; it is one time nearer to its end. */
    synchronized Optional<Fault> strike(String method, String path) {
        for (Charge charge : charges) {
            if (charge.fault.strikes(method, path)) {
                charge.left--;
                charges.removeIf(c -> c.left <= 0);
                return Optional.of(charge.fault);
            }
        }
        return Optional.empty();
    }

    /** The faults with the times that are left. */
    synchronized List<Fault> list() {
        Stream<Fault> left = charges.stream().map(c -> c.fault.times(c.left));
        return left.toList();
    }
}
