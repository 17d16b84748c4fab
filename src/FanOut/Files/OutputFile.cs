using FanOut.Errors;

namespace FanOut.Files;

/// <summary>A file that an Export- cmdlet writes.</summary>
internal static class OutputFile
{
    /// <summary>Checks that a file may be written.</summary>
    /// <param name="file">The file.</param>
    /// <param name="noClobber">Whether a file that is there is kept.</param>
    /// <exception cref="FanOutException">FileExists.</exception>
    public static void Check(string file, bool noClobber)
    {
        if (noClobber && File.Exists(file))
        {
            throw FanOutError.FileExists(file);
        }
    }

    /// <summary>Writes a file, or replaces it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">What it is to hold.</param>
    /// <param name="force">Whether one that is read-only is replaced too; it stays read-only.</param>
    /// <exception cref="FanOutException">FileNotWritten.</exception>
    public static void Write(string file, string text, bool force)
    {
        try
        {
            var info = new FileInfo(file);
            bool wasReadOnly = force && info is { Exists: true, IsReadOnly: true };
            if (wasReadOnly)
            {
                info.IsReadOnly = false;
            }

            File.WriteAllText(file, text);
            if (wasReadOnly)
            {
                info.IsReadOnly = true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FanOutError.FileNotWritten(file, e);
        }
    }
}
