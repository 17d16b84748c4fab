namespace FanOut.Dispatch; internal static class Program { private static void Main() { } }
