public class Main {
    public static void main(String[] args) throws Exception {
        String text = new String(System.in.readAllBytes(), "UTF-8");
        for (String line : text.split("\n")) {
            System.out.println("[" + line.replace(",", "][") + "]");
        }
    }
}
