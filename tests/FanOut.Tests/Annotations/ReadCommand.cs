namespace FanOut.Tests.Annotations;

/// <summary>A command as GitHub's runner and Azure's agent read it: in one line, the parts divided before anything is unescaped, the percent sign last.</summary>
/// <remarks>src/Runner.Common/ActionCommand.cs of github.com/actions/runner; src/Microsoft.VisualStudio.Services.Agent/Command.cs of github.com/microsoft/azure-pipelines-agent.</remarks>
/// <param name="Name">The command.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="Message">What follows.</param>
public sealed record ReadCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Message)
{
    /// <summary>Reads <c>::name key=value,key=value::message</c>.</summary>
    public static ReadCommand OfGitHub(string line)
    {
        Assert.StartsWith("::", line, StringComparison.Ordinal);
        int end = line.IndexOf("::", 2, StringComparison.Ordinal);
        return Of(line, line[2..end], ',', line[(end + 2)..], [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")], [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]);
    }

    /// <summary>Reads <c>##vso[area.name key=value;key=value;]message</c>.</summary>
    public static ReadCommand OfAzure(string line)
    {
        Assert.StartsWith("##vso[", line, StringComparison.Ordinal);
        int end = line.IndexOf(']', StringComparison.Ordinal);
        (string, string)[] escapes = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")];
        return Of(line, line["##vso[".Length..end], ';', line[(end + 1)..], escapes, escapes);
    }

    private static ReadCommand Of(string line, string command, char separator, string message, (string Code, string Character)[] inProperties, (string Code, string Character)[] inMessage)
    {
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\r', line);
        string[] words = command.Split(' ', 2);
        return new(
            words[0],
            words[1].Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=', 2)).ToDictionary(static p => p[0], p => Unescaped(p[1], inProperties)),
            Unescaped(message, inMessage));
    }

    private static string Unescaped(string text, (string Code, string Character)[] escapes) =>
        escapes.Aggregate(text, static (t, e) => t.Replace(e.Code, e.Character, StringComparison.Ordinal));
}
