import java.util.*;

public class Main {
    public static void main(String[] args) throws Exception {
        String text = new String(System.in.readAllBytes(), "UTF-8");
        StringBuilder said = new StringBuilder();
        for (String line : text.split("\r?\n")) {
            for (String field : line.split(",", -1)) {
                said.append('[').append(field.replaceAll("^\"|\"$", "").replace(" ", "_")).append(']');
            }
            said.append('\n');
        }
        System.out.print(said);
    }
}
