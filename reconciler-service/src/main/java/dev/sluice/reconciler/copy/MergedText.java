package dev.sluice.reconciler.copy;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.reconciler.budget.YamlBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the text of a merged file as UTF-8, within the allowance. */
final class MergedText implements Appendable {

    private static final int INITIAL_BYTES = 8 * 1024;

    private final YamlBudget allowance;
    private byte[] bytes = new byte[0];
    private int length;

    MergedText(YamlBudget allowance) {
        this.allowance = allowance;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
        byte[] added = text.toString().getBytes(StandardCharsets.UTF_8);
        reserve(added.length);
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
        return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
        return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) throws IOException {
        return append(String.valueOf(c));
    }

    private void reserve(int more) throws IOException {
        Interruption.check();
        long wanted = (long) length + more;
        if (wanted > allowance.maxText()) {
            throw allowance.exceeded(wanted);
        }
        if (wanted > bytes.length) {
            int size =
                    (int) Math.min(Math.max(wanted, Math.max(INITIAL_BYTES, 2L * bytes.length)), Integer.MAX_VALUE - 8);
            allowance.takeHeap(size);
            bytes = Arrays.copyOf(bytes, size);
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
