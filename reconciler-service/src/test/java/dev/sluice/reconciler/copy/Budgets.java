package dev.sluice.reconciler.copy;

import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.toolkit.meta.ObjectKey;

/** Budgets of runs in their own process budget. */
public final class Budgets {

    private Budgets() {}

    public static RunBudget defaults() {
        return of(BudgetLimits.defaults());
    }

    public static RunBudget of(BudgetLimits limits) {
        return new ProcessBudget(limits).open(new ObjectKey("tenant", "generator"));
    }
}
