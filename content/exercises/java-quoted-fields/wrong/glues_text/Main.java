import java.nio.charset.StandardCharsets;
import java.util.*;

// Worked: one pass with two facts as its state, whether we are within quotes and whether the field was quoted. Whoever splits first
// has lost already: whether a comma or a line end separates is known only from what stands before it.
public class Main {
    private final StringBuilder said = new StringBuilder();
    private final List<String> record = new ArrayList<>();
    private StringBuilder field = new StringBuilder();
    private boolean wasQuoted = false;

    public static void main(String[] args) throws Exception {
        Main reader = new Main();
        reader.read(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        System.out.write(reader.said.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private void read(String text) {
        boolean isWithin = false;
        int line = 1;
        int begun = 1;
        for (int at = 0; at < text.length(); at++) {
            char c = text.substring(at).charAt(0);
            if (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                continue;
            }
            if (isWithin) {
                if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    field.append('"');
                    at++;
                    continue;
                }
                if (c == '"') {
                    isWithin = false;
                    continue;
                }
                if (c == '\n') {
                    line++;
                }
                field.append(c);
            } else if (c == ',') {
                record.add(field.toString());
                clear();
                begun = line;
            } else if (c == '\n') {
                end();
                line++;
                begun = line;
            } else if (wasQuoted) {
                said.append("error ").append(begun).append('\n');
                return;
            } else if (c == '"' && field.length() == 0) {
                isWithin = wasQuoted = true;
                begun = line;
            } else {
                field.append(c);
            }
        }
        if (isWithin) {
            said.append("error ").append(begun).append('\n');
            return;
        }
        if (record.size() > 0 || field.length() > 0 || wasQuoted) {
            end();
        }
    }

    private void clear() {
        field = new StringBuilder();
        wasQuoted = false;
    }

    private void end() {
        record.add(field.toString());
        for (String one : record) {
            said.append('[').append(one.replace(' ', '_').replace('\n', '|')).append(']');
        }
        said.append('\n');
        record.clear();
        clear();
    }
}
