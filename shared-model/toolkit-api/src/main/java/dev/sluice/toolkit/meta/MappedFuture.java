package dev.sluice.toolkit.meta;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A future whose result is converted when it is read. */
record MappedFuture<A, B>(Future<A> future, Function<A, B> conversion) implements Future<B> {

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return future.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        return future.isCancelled();
    }

    @Override
    public boolean isDone() {
        return future.isDone();
    }

    @Override
    public B get() throws InterruptedException, ExecutionException {
        return conversion.apply(future.get());
    }

    @Override
    public B get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return conversion.apply(future.get(timeout, unit));
    }
}
