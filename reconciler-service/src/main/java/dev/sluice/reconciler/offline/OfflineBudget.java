package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.meta.ObjectKey;

/** The limits of an offline run: the controller's defaults, with all of this JVM's heap. */
final class OfflineBudget {

    private OfflineBudget() {}

    static RunBudget open(ObjectKey generator) {
        BudgetLimits limits =
                BudgetLimits.defaults().withHeapBytes(Runtime.getRuntime().maxMemory());
        return new ProcessBudget(limits).open(generator);
    }

    /** Describes a failure; notes that flags in it belong to the controller and have their default values here. */
    static String describe(Exception e) {
        return e instanceof LimitExceededException
                ? ErrorText.describe(e) + " (a flag of the reconciler; its default applies here)"
                : ErrorText.describe(e);
    }
}
