package dev.sluice.hostile.arena;

import java.util.Locale;
import java.util.Optional;

/**
 * One way to hurt the neighbours.
 *
 * @param group cases of one group are tried at the same time, each by a tenant of its own
 * @param name what the tenant does
 * @param after what else must hold when the attack is over
 */
public record HostileCase(String group, String name, Attack attack, Told told, After after) {

    /** Looks at what the victim cannot see. */
    @FunctionalInterface
    public interface After {

        /** What is wrong; empty when nothing is. */
        Optional<String> problem(Tenant tenant);
    }

    public HostileCase(String group, String name, Attack attack, Told told) {
        this(group, name, attack, told, tenant -> Optional.empty());
    }

    public HostileCase after(After check) {
        return new HostileCase(group, name, attack, told, check);
    }

    /** The start of the tenant's namespace. */
    String namespace() {
        String text =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return text.substring(0, Math.min(40, text.length())).replaceAll("-$", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
