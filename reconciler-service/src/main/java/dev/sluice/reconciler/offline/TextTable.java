package dev.sluice.reconciler.offline;

import java.io.PrintStream;
import java.util.List;

/** A text table; each column is as wide as its widest cell. */
record TextTable(List<String> header, List<List<String>> rows) {

    private static final String GAP = "  ";

    void print(PrintStream out) {
        print(header, out);
        for (List<String> row : rows) {
            print(row, out);
        }
    }

    private void print(List<String> row, PrintStream out) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            boolean last = column == row.size() - 1;
            line.append(cell).append(last ? "" : " ".repeat(width(column) - cell.length()) + GAP);
        }
        out.println(line);
    }

    private int width(int column) {
        int width = header.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }
}
