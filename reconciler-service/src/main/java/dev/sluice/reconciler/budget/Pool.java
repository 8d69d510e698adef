package dev.sluice.reconciler.budget;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Heap or disk for all runs. A pool has two parts: <em>shared</em> capacity, of which one namespace may use as much as
 * it leaves free, and one <em>lane</em>, as large as the limit of a run. A run takes from the shared part first. If that
 * does not suffice, it needs the lane, which one generator has at a time, in the order of the {@link WaitingLine}.
 *
 * <p>The pool is free of deadlocks and starvation: the owner of the lane gets everything up to the limit of a run, so
 * it never waits for this pool again and ends, at the latest at its deadline; then the next in line gets the lane. A
 * run that does not get its share within its patience returns all that it has, so no two runs wait for each other. Idle
 * cached shares are evicted first. A cached share in the lane that another run uses moves to the shared part.
 *
 * <p>Thread-safe.
 */
final class Pool {

    static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** Result of pinning a cached share. */
    enum Pinned {
        YES,
        GONE,
        WAIT
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Limit limit;
    private final PoolUsage rooms;
    private final Ticker ticker;
    private final Consumer<ObjectKey> turn;
    private final WaitingLine line = new WaitingLine();
    private final Map<ObjectKey, GeneratorUsage> accounts = new HashMap<>();

    /** Cached shares without pins, longest idle first. */
    private final Set<BudgetShare> idle = new LinkedHashSet<>();

    private @Nullable GeneratorUsage laneOwner;

    /**
     * Creates an unused pool.
     *
     * @param turn notified of the generator whose turn it is, so that it is requeued at once; called without locks
     */
    Pool(Limit limit, long totalBytes, Ticker ticker, Consumer<ObjectKey> turn) {
        this.limit = limit;
        this.rooms = new PoolUsage(totalBytes);
        this.ticker = ticker;
        this.turn = turn;
    }

    GeneratorUsage open(ObjectKey key) {
        lock.lock();
        try {
            GeneratorUsage account = accounts.computeIfAbsent(key, GeneratorUsage::new);
            account.users++;
            return account;
        } finally {
            lock.unlock();
        }
    }

    void close(GeneratorUsage account) {
        Optional<ObjectKey> next = Optional.empty();
        lock.lock();
        try {
            if (--account.users == 0) {
                accounts.remove(account.key);
                if (!account.waits) {
                    line.leave(account.key);
                }
                next = leaveLane(account);
            }
        } finally {
            lock.unlock();
        }
        next.ifPresent(turn);
    }

    private Optional<ObjectKey> leaveLane(GeneratorUsage account) {
        if (laneOwner != account) {
            return Optional.empty();
        }
        laneOwner = null;
        idle.forEach(share -> rooms.fromLaneIfRoom(share, BudgetShare.NOBODY));
        changed.signalAll();
        return line.next(ticker.nanos());
    }

    /** Adds to the share; waits at most for the patience of its run. */
    void take(GeneratorUsage account, BudgetShare share, long bytes) throws IOException {
        long end = ticker.nanos() + share.run.patience().toNanos();
        while (true) {
            List<BudgetShare> victims;
            lock.lock();
            try {
                requireFits(account, bytes, share.what);
                if (isGranted(account, share, bytes)) {
                    return;
                }
                victims = victims(account, bytes);
                if (victims.isEmpty() && !hasLane(account, account.total + bytes)) {
                    await(account, share.what, bytes, end);
                }
            } finally {
                lock.unlock();
            }
            victims.forEach(BudgetShare::evictNow);
        }
    }

    /**
     * Lets a waiting generator start again when there is more capacity than it lacked, or when it has the lane, in
     * which it never waits again. Without this check, it would repeat its work in vain.
     *
     * @throws BudgetWaitException if it must continue to wait; it keeps its place in the line
     */
    void takeTurn(GeneratorUsage account, String what, Duration patience) throws IOException {
        long end = ticker.nanos() + patience.toNanos();
        lock.lock();
        try {
            long lacked = line.lacked(account.key).orElse(0);
            while (lacked > 0 && laneOwner != account && !hasRoomAgain(account, lacked) && !hasLane(account, 0)) {
                await(account, what, 0, end);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Requires twice the lacked amount, limited to a namespace's maximum, so that restarts are rare. */
    private boolean hasRoomAgain(GeneratorUsage account, long lacked) {
        long most = rooms.namespaceBytes();
        long wanted = Math.min(most, 2 * lacked);
        return lacked < most
                && rooms.namespaceHas(account.namespace(), wanted)
                && rooms.missingInShared(wanted) <= idleInShared();
    }

    private long idleInShared() {
        return idle.stream()
                .filter(share -> !share.inLane)
                .mapToLong(share -> share.bytes)
                .sum();
    }

    private void requireFits(GeneratorUsage account, long bytes, String what) throws LimitExceededException {
        if (bytes < 0) {
            throw new IllegalArgumentException("cannot take %d bytes for %s".formatted(bytes, what));
        }
        if (bytes > rooms.laneBytes() - account.total) {
            long wanted = account.total + bytes < 0 ? Long.MAX_VALUE : account.total + bytes;
            throw new LimitExceededException(what, limit, wanted, rooms.laneBytes());
        }
    }

    private boolean isGranted(GeneratorUsage account, BudgetShare share, long bytes) {
        if (share.gone) {
            throw new IllegalStateException("the share for %s is closed".formatted(share.what));
        }
        if (laneOwner == account) {
            if (!rooms.laneHas(account.sharedBytes() + bytes)) {
                return false;
            }
            account.shares.stream().filter(own -> !own.inLane).forEach(rooms::toLane);
            share.inLane = true;
        } else if (!hasSharedRoom(account, bytes)) {
            return false;
        }
        account.shares.add(share);
        account.total += bytes;
        rooms.add(share, bytes);
        return true;
    }

    private boolean hasSharedRoom(GeneratorUsage account, long bytes) {
        return rooms.sharedHas(bytes) && rooms.namespaceHas(account.namespace(), bytes);
    }

    /** Idle shares whose eviction frees enough for the request; empty if all of them would not suffice. */
    private List<BudgetShare> victims(GeneratorUsage account, long bytes) {
        boolean lane = laneOwner == account;
        if (!lane && !rooms.namespaceHas(account.namespace(), bytes)) {
            return List.of();
        }
        long missing = lane ? rooms.missingInLane(account.sharedBytes() + bytes) : rooms.missingInShared(bytes);
        List<BudgetShare> victims = new ArrayList<>();
        for (Iterator<BudgetShare> oldest = idle.iterator(); missing > 0 && oldest.hasNext(); ) {
            BudgetShare share = oldest.next();
            if (share.inLane == lane) {
                victims.add(share);
                missing -= share.bytes;
            }
        }
        if (missing > 0) {
            return List.of();
        }
        victims.forEach(this::leaveIdle);
        return victims;
    }

    private void leaveIdle(BudgetShare victim) {
        idle.remove(victim);
        victim.evicting = true;
    }

    /** Takes or keeps a place in the line; takes the lane if it is the account's turn. */
    private boolean hasLane(GeneratorUsage account, long lacked) {
        long now = ticker.nanos();
        if (laneOwner == account) {
            return false; // the evicted shares are not closed yet
        }
        line.join(account.key, lacked, now);
        if (laneOwner == null && line.next(now).filter(account.key::equals).isPresent()) {
            laneOwner = account;
            line.served(account.key);
            account.waits = false;
        }
        return laneOwner == account;
    }

    private void await(GeneratorUsage account, String what, long bytes, long end) throws IOException {
        long left = end - ticker.nanos();
        if (left <= 0) {
            account.waits = true;
            throw waiting(what, bytes);
        }
        try {
            long unused = ticker.await(changed, Math.min(left, LOOK_AGAIN.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            account.waits = true;
            throw new InterruptedIOException("interrupted while " + what + " waited for budget");
        }
    }

    private BudgetWaitException waiting(String what, long bytes) {
        return new BudgetWaitException(what, limit, bytes, RETRY_AFTER);
    }

    void release(GeneratorUsage account, BudgetShare share) {
        lock.lock();
        try {
            if (share.gone) {
                return;
            }
            if (account.shares.remove(share)) {
                account.total -= share.bytes;
            }
            idle.remove(share);
            share.gone = true;
            rooms.add(share, -share.bytes);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void shrink(GeneratorUsage account, BudgetShare share, long newBytes) {
        lock.lock();
        try {
            long less = share.bytes - newBytes;
            if (share.gone || less < 0 || !account.shares.contains(share)) {
                throw new IllegalStateException("cannot shrink the share for %s by %d".formatted(share.what, less));
            }
            account.total -= less;
            rooms.add(share, -less);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Turns the run's share into a cached share that the run has pinned. */
    void moveToCache(GeneratorUsage account, BudgetShare share, Runnable onEvict) {
        lock.lock();
        try {
            if (share.gone || !account.shares.remove(share)) {
                throw new IllegalStateException("the share for %s does not belong to the run".formatted(share.what));
            }
            share.evict = onEvict;
            share.pins = 1;
            account.pins.put(share, 1);
        } finally {
            lock.unlock();
        }
    }

    /** Pins a cached share for the account, which is charged as if it had taken it; never blocks. */
    Pinned pin(GeneratorUsage account, BudgetShare share) throws LimitExceededException {
        while (true) {
            List<BudgetShare> victims;
            lock.lock();
            try {
                if (share.gone || share.evicting) {
                    return Pinned.GONE;
                }
                if (account.pins.containsKey(share) || isUsable(account, share)) {
                    account.pins.merge(share, 1, Integer::sum);
                    return Pinned.YES;
                }
                victims = share.inLane ? victims(account, share.bytes) : List.of();
                if (victims.isEmpty() && !hasLane(account, account.total + share.bytes)) {
                    account.waits = true;
                    return Pinned.WAIT;
                }
            } finally {
                lock.unlock();
            }
            victims.forEach(BudgetShare::evictNow);
        }
    }

    /** Charges the share to the account if that is possible. */
    private boolean isUsable(GeneratorUsage account, BudgetShare share) throws LimitExceededException {
        requireFits(account, share.bytes, share.what);
        boolean small = rooms.namespaceHas(account.namespace(), share.bytes);
        if (laneOwner != account) {
            if (small) {
                rooms.fromLaneIfRoom(share, share.pins == 0 ? BudgetShare.NOBODY : account.namespace());
            }
            if (share.inLane || (!small && share.pins == 0)) {
                return false;
            }
        }
        use(account, share);
        return true;
    }

    private void use(GeneratorUsage account, BudgetShare share) {
        if (share.pins++ == 0) {
            idle.remove(share);
            rooms.recharge(share, account.namespace());
        }
        account.total += share.bytes;
    }

    void unpin(GeneratorUsage account, BudgetShare share) {
        lock.lock();
        try {
            int left = Objects.requireNonNull(account.pins.merge(share, -1, Integer::sum), "not pinned");
            if (left == 0) {
                account.pins.remove(share);
                account.total -= share.bytes;
                if (--share.pins == 0 && !share.gone) {
                    rooms.recharge(share, BudgetShare.NOBODY);
                    idle.add(share);
                }
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    long bytes(BudgetShare share) {
        lock.lock();
        try {
            return share.gone ? 0 : share.bytes;
        } finally {
            lock.unlock();
        }
    }

    PoolStats stats() {
        lock.lock();
        try {
            return new PoolStats(rooms.used(), rooms.totalBytes(), line.size());
        } finally {
            lock.unlock();
        }
    }

    BudgetWaitException mustWait(BudgetShare share) {
        return waiting(share.what, bytes(share));
    }
}
