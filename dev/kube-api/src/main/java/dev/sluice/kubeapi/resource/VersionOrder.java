package dev.sluice.kubeapi.resource;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders version names, the preferred first: v2, v1, v1beta2, v1beta1, v1alpha1, then all others by name. */
public final class VersionOrder implements Comparator<String> {

    public static final VersionOrder PREFERRED_FIRST = new VersionOrder();

    private static final Pattern NAME = Pattern.compile("v([0-9]{1,9})(?:(alpha|beta)([0-9]{1,9}))?");

    private record Rank(int stability, int major, int minor) {}

    private VersionOrder() {}

    @Override
    public int compare(String left, String right) {
        Rank l = rank(left);
        Rank r = rank(right);
        int order = Integer.compare(r.stability, l.stability);
        order = order != 0 ? order : Integer.compare(r.major, l.major);
        order = order != 0 ? order : Integer.compare(r.minor, l.minor);
        return order != 0 ? order : left.compareTo(right);
    }

    private static Rank rank(String name) {
        Matcher m = NAME.matcher(name);
        if (!m.matches()) {
            return new Rank(0, 0, 0);
        }
        String stage = m.group(2);
        int stability = stage == null ? 3 : stage.equals("beta") ? 2 : 1;
        return new Rank(stability, Integer.parseInt(m.group(1)), stage == null ? 0 : Integer.parseInt(m.group(3)));
    }
}
