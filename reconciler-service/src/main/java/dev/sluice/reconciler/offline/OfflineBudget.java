package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.meta.ObjectKey;

/** The limits of a run on this machine: the defaults of the controller's, with all the heap that there is. */
final class OfflineBudget {

    private OfflineBudget() {}

    static RunBudget open(ObjectKey generator) {
        BudgetLimits limits =
                BudgetLimits.defaults().withHeapBytes(Runtime.getRuntime().maxMemory());
        return new ProcessBudget(limits).open(generator);
    }

    /** Flags that are named are the controller's: here they have their defaults. */
    static String describe(Exception e) {
        return e instanceof LimitExceededException
                ? ErrorText.describe(e) + " (a flag of the reconciler, whose default applies here)"
                : ErrorText.describe(e);
    }
}
