using FanOut.Errors;

namespace FanOut.Credentials.Profiles;

/// <summary>Reads the sections of a shared config or credentials file; a missing file has none.</summary>
/// <remarks>
/// The format: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html. AWSSDK.Core has a reader of its own, but it keeps the
/// paths that the environment named at its first use, and in a PowerShell session <c>$env:AWS_CONFIG_FILE</c> may change often; it also
/// treats a profile with a value that it does not know as missing.
/// </remarks>
internal static class IniFile
{
    /// <summary>Separates the name of a setting from the name of one that is nested in it.</summary>
    public const char Nested = '.';

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="odd">Gets what cannot be read, which is left out; null: it is an error.</param>
    /// <returns>The settings of each section, under its whole heading: <c>default</c>, <c>profile prod</c>, <c>sso-session corp</c>.</returns>
    /// <exception cref="FanOutException">CredentialFileInvalid: a line is neither a heading nor a setting, or the file cannot be read.</exception>
    public static Dictionary<string, Dictionary<string, string>> Read(string path, Action<OddLine>? odd = null)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadLines(path), path, odd) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && odd is not null)
        {
            odd(new OddLine(null, FanOutError.CredentialFileUnreadable(path, e)));
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FanOutError.CredentialFileUnreadable(path, e);
        }
    }

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="odd">Gets what cannot be read; null: it is an error.</param>
    internal static Dictionary<string, Dictionary<string, string>> Parse(IEnumerable<string> lines, string path, Action<OddLine>? odd = null)
    {
        Dictionary<string, Dictionary<string, string>> sections = [];
        Dictionary<string, string>? section = null;
        string? heading = null;
        string setting = "";
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
            {
                continue;
            }

            if (text[0] == '[')
            {
                int end = text.IndexOf(']', StringComparison.Ordinal);
                if (end < 0 || text[(end + 1)..].TrimStart() is [not ('#' or ';'), ..])
                {
                    // The settings below it must not become those of the section before it: another account's keys, perhaps.
                    (section, heading) = ([], null);
                    Tell(FanOutError.CredentialFileInvalid(path, number, "begins with '[', but is no heading such as [profile work]"));
                    continue;
                }

                heading = Heading(text[1..end]);
                section = sections.TryGetValue(heading, out Dictionary<string, string>? known)
                    ? known
                    : sections[heading] = new(StringComparer.OrdinalIgnoreCase);
            }
            else if (section is not null && text.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
            {
                string name = text[..equals].TrimEnd();
                bool isNested = char.IsWhiteSpace(line[0]) && setting.Length > 0;
                setting = isNested ? setting : name;
                section[isNested ? setting + Nested + name : name] = Value(name, text[(equals + 1)..].Trim());
            }
            else if (section is not null && !char.IsWhiteSpace(line[0]))
            {
                Tell(FanOutError.CredentialFileInvalid(path, number, "is neither a setting (name = value) nor a heading nor a comment"));
            }
        }

        return sections;

        void Tell(FanOutException error)
        {
            if (odd is null)
            {
                throw error;
            }

            odd(new OddLine(heading, error));
        }
    }

    // [profile "two words"] and [profile   two words] are the same.
    private static string Heading(string text)
    {
        string heading = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        int name = heading.IndexOf(' ', StringComparison.Ordinal) + 1;
        return heading[name..] is [('"' or '\'') and var quote, .., var last] && last == quote ? heading[..name] + heading[(name + 1)..^1] : heading;
    }

    // A comment starts after white space; in a command line (credential_process) that may be part of the command.
    private static string Value(string name, string text)
    {
        int at = 1;
        while (at < text.Length && !(text[at] is '#' or ';' && char.IsWhiteSpace(text[at - 1])))
        {
            at++;
        }

        return at < text.Length && name != "credential_process" ? text[..at].TrimEnd() : text;
    }
}
