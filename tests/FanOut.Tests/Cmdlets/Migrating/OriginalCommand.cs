namespace FanOut.Tests.Cmdlets.Migrating;

/// <summary>A command line of the original tool: <c>./fanout register sns --id …</c>.</summary>
internal sealed class OriginalCommand
{
    private static readonly string[] WithoutValue = ["no-verify-ssl"];
    private readonly Dictionary<string, string> _options = [];

    private OriginalCommand(string name, string? type) => (Name, Type) = (name, type);

    /// <summary>The command: list, register …</summary>
    public string Name { get; }

    /// <summary>The type that register has.</summary>
    public string? Type { get; }

    /// <summary>The options that were given, without their dashes.</summary>
    public IReadOnlyDictionary<string, string> Options => _options;

    /// <summary>An option's value; none: it was not given.</summary>
    public string? this[string option] => _options.GetValueOrDefault(option);

    /// <summary>Reads a line.</summary>
    public static OriginalCommand Parse(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("./fanout", words[0]);
        bool hasType = words[1] == "register";
        var command = new OriginalCommand(words[1], hasType ? words[2] : null);
        for (int i = hasType ? 3 : 2; i < words.Length; i++)
        {
            Assert.StartsWith("--", words[i], StringComparison.Ordinal);
            string option = words[i][2..];
            command._options.Add(option, WithoutValue.Contains(option) ? "true" : words[++i]);
        }

        return command;
    }
}
