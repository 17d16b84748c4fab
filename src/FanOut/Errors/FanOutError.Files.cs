using System.Management.Automation;

namespace FanOut.Errors;

/// <content>Errors about files that cmdlets write.</content>
internal static partial class FanOutError
{
    /// <summary>There is a file, and it is to be kept.</summary>
    public static FanOutException FileExists(string file) => new(
        "FileExists", ErrorCategory.ResourceExists, file, $"The file {file} is there already, and -NoClobber keeps it: nothing was written.")
    {
        Advice = "Give another -Path, or leave -NoClobber out.",
    };

    /// <summary>A file could not be written.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cause">Why not.</param>
    /// <param name="hasForce">Whether the cmdlet has <c>-Force</c>.</param>
    public static FanOutException FileNotWritten(string file, Exception cause, bool hasForce = true) => new(
        "FileNotWritten", ErrorCategory.WriteError, file,
        $"The file {file} could not be written: {(cause is DirectoryNotFoundException ? $"The folder {Path.GetDirectoryName(file)} is not there." : Sentence(cause.Message))}", cause)
    {
        Advice = $"Give the path of a file in a folder that is there and that you may write to{(hasForce ? "; -Force writes over a read-only file" : "")}.",
    };
}
