package dev.sluice.reconciler.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts the cost of one evaluation: one for each evaluated node, and the size of its result. Functions between lists
 * compare each element with each, so a list costs the square of its size.
 */
final class CelCost implements CelEvaluationListener {

    static final long LIMIT = 1_000_000;
    private static final long MAX_NANOS = 1_000_000_000;

    private final LongSupplier nanoTime;
    private final long started;
    private long spent;

    CelCost(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    /** Throws once the limit is exceeded. The operators || and && may ignore that, see {@link #isExceeded}. */
    @Override
    public void callback(CelExpr expression, Object result) {
        spent += 1 + sizeOf(result);
        if (isExceeded()) {
            throw new IllegalStateException("the cost limit is exceeded");
        }
    }

    boolean isExceeded() {
        return spent > LIMIT || nanoTime.getAsLong() - started > MAX_NANOS;
    }

    private static long sizeOf(Object value) {
        if (value instanceof CharSequence text) {
            return text.length();
        }
        if (value instanceof CelByteString bytes) {
            return bytes.size();
        }
        if (value instanceof Collection<?> list) {
            return (long) list.size() * list.size();
        }
        return value instanceof Map<?, ?> map ? map.size() : 0;
    }
}
