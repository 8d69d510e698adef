package dev.sluice.kubeapi.rest;

import java.security.SecureRandom;

/** Names for {@code generateName}, with the alphabet of Kubernetes: no vowels, no ambiguous characters. */
final class GeneratedName {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    private static final int MAX_BASE_LENGTH = 63 - SUFFIX_LENGTH;
    private static final SecureRandom RANDOM = new SecureRandom();

    private GeneratedName() {}

    static String from(String base) {
        StringBuilder name =
                new StringBuilder(base.length() > MAX_BASE_LENGTH ? base.substring(0, MAX_BASE_LENGTH) : base);
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            name.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
