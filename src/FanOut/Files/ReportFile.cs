namespace FanOut.Files;

/// <summary>Where a report is written.</summary>
internal static class ReportFile
{
    /// <summary>The file: what was given, or in a folder one that is named after the function.</summary>
    /// <param name="path">The full path that was given, of a file or a folder.</param>
    /// <param name="function">The function's name.</param>
    public static string Of(string path, string function) =>
        Directory.Exists(path) || Path.EndsInDirectorySeparator(path) ? Path.Join(path, $"{function}-report.html")
        : Path.HasExtension(path) ? path
        : path + ".html";
}
