package dev.sluice.kubeapi.schema;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;

/** The formats of IP addresses. */
final class Addresses {

    private Addresses() {}

    static boolean isIpv4(String text) {
        // leading zeros are decimal here, as in older versions of Go
        return !text.contains(":") && isAddress(text.replaceAll("(^|\\.)0+(?=[0-9])", "$1")) && text.contains(".");
    }

    static boolean isIpv6(String text) {
        return text.contains(":") && !text.contains("%") && isAddress(text);
    }

    private static boolean isAddress(String text) {
        return InetAddresses.isInetAddress(text);
    }

    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !isAddress(text.substring(0, slash)) || text.contains("%")) {
            return false;
        }
        String bits = text.substring(slash + 1);
        boolean four = InetAddresses.forString(text.substring(0, slash)) instanceof Inet4Address && !text.contains(":");
        return bits.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(bits) <= (four ? 32 : 128);
    }
}
