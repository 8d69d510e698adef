package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import dev.sluice.kubeapi.status.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The validated query of a write. {@code manager} is never empty. */
record WriteOptions(boolean dryRun, String manager, Strictness strictness, boolean force) {

    private static final int MAX_MANAGER_LENGTH = 128;

    /** The handling of unknown fields. */
    enum Strictness {
        IGNORE,
        WARN,
        STRICT
    }

    /** @param optionsKind kind in error messages: CreateOptions, UpdateOptions or PatchOptions */
    static WriteOptions parse(Query query, String optionsKind) {
        List<Cause> causes = new ArrayList<>();
        Strictness strictness = strictness(query.text("fieldValidation"), causes);
        boolean dryRun = dryRun(query, causes);
        String manager = query.text("fieldManager");
        if (manager.length() > MAX_MANAGER_LENGTH) {
            causes.add(Cause.tooLong("fieldManager", "may not be more than " + MAX_MANAGER_LENGTH + " bytes"));
        }
        if (!causes.isEmpty()) {
            throw ApiException.invalid(new Target("meta.k8s.io", "", optionsKind, ""), causes);
        }
        return new WriteOptions(
                dryRun,
                manager.isEmpty() ? managerOf(query.request().getHeader("User-Agent")) : manager,
                strictness,
                query.flag("force"));
    }

    private static boolean dryRun(Query query, List<Cause> causes) {
        String value = query.text("dryRun");
        if (!value.isEmpty() && !value.equals("All")) {
            causes.add(Cause.unsupported("dryRun", value, "\"All\""));
        }
        return value.equals("All");
    }

    private static Strictness strictness(String value, List<Cause> causes) {
        return switch (value) {
            case "", "Warn" -> Strictness.WARN;
            case "Strict" -> Strictness.STRICT;
            case "Ignore" -> Strictness.IGNORE;
            default -> {
                causes.add(Cause.unsupported("fieldValidation", value, "\"Ignore\", \"Strict\", \"Warn\", \"\""));
                yield Strictness.WARN;
            }
        };
    }

    /** Returns the name before the version, such as {@code kubectl} in {@code kubectl/v1.32.4 (linux/amd64)}. */
    private static String managerOf(@Nullable String userAgent) {
        String program = userAgent == null ? "" : userAgent.split("/", 2)[0];
        if (program.isEmpty()) {
            return "unknown";
        }
        return program.length() > MAX_MANAGER_LENGTH ? program.substring(0, MAX_MANAGER_LENGTH) : program;
    }
}
