package dev.sluice.reconciler.console;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Limits what clients occupy at the same time, in all and for each address, so that one client cannot keep out the
 * others. Thread-safe.
 */
final class ClientQuota {

    private final long all;
    private final long ofAddress;
    private final Map<String, Long> taken = new HashMap<>();
    private long sum;

    /**
     * @param all the limit for all clients together
     * @param ofAddress the limit for each address
     */
    ClientQuota(long all, long ofAddress) {
        this.all = all;
        this.ofAddress = ofAddress;
    }

    /** The address of the client, or of the proxy before it. */
    static String address(ServerRequest request) {
        return request.remoteAddress()
                .map(remote -> remote.getAddress().getHostAddress())
                .orElse("");
    }

    /** Returns false, and takes nothing, if a limit would be exceeded. */
    synchronized boolean tryTake(String address, long amount) {
        if (!fits(address, amount)) {
            return false;
        }
        taken.merge(address, amount, Long::sum);
        sum += amount;
        return true;
    }

    synchronized boolean fits(String address, long amount) {
        return amount <= all - sum && amount <= ofAddress - taken.getOrDefault(address, 0L);
    }

    synchronized void giveBack(String address, long amount) {
        sum -= amount;
        long rest = taken.getOrDefault(address, 0L) - amount;
        if (rest > 0) {
            taken.put(address, rest);
        } else {
            taken.remove(address);
        }
    }

    /** Responds while one more is taken, or that the server is busy. */
    ServerResponse whileTaken(String address, Supplier<ServerResponse> response, Supplier<ServerResponse> busy) {
        if (!tryTake(address, 1)) {
            return busy.get();
        }
        try {
            return response.get();
        } finally {
            giveBack(address, 1);
        }
    }

    /** What all clients occupy. */
    synchronized long taken() {
        return sum;
    }
}
