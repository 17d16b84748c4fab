using System.Text;
using FanOut.Errors;

namespace FanOut.DesiredState.Files;

/// <summary>Reads the file of a desired state: JSON, or a data file of PowerShell by its extension .psd1.</summary>
internal static class ReadStateFile
{
    /// <summary>Whether a file is a data file of PowerShell.</summary>
    public static bool IsDataFile(string file) => file.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FanOutException">FileNotFound, FileNotRead; StateInvalid: it is neither.</exception>
    public static StateNode Of(string file, StateFaults faults)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FanOutError.FileNotFound(file, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FanOutError.FileNotRead(file, e);
        }

        StateNode? whole = IsDataFile(file) ? ReadDataFile.Of(Encoding.UTF8.GetString(content).TrimStart('\uFEFF'), faults) : ReadJson.Of(content, faults);
        faults.ThrowIfAny();
        return whole!;
    }
}
