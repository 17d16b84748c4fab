namespace FanOut.Help;

/// <summary>The command line: <c>ASSEMBLY.dll [--maml FILE.xml] [--docs FOLDER] [--schema FILE.json]</c>.</summary>
/// <param name="Assembly">The module's assembly; its XML documentation is beside it.</param>
/// <param name="Maml">The file for Get-Help; null: it is not written.</param>
/// <param name="Docs">The folder for the pages in Markdown; null: they are not written.</param>
/// <param name="Schema">The file for the schema of desired states; null: it is not written.</param>
internal sealed record Arguments(string Assembly, string? Maml, string? Docs, string? Schema)
{
    private const string Usage = "Usage: FanOut.Help ASSEMBLY.dll [--maml FILE.xml] [--docs FOLDER] [--schema FILE.json]";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">The arguments cannot be used.</exception>
    public static Arguments Read(string[] args)
    {
        if (args is not [var assembly, .. var options] || !File.Exists(assembly))
        {
            throw new UsageException(args.Length == 0 ? Usage : $"There is no {args[0]}. {Usage}");
        }

        var result = new Arguments(Path.GetFullPath(assembly), null, null, null);
        for (int i = 0; i < options.Length; i += 2)
        {
            string value = i + 1 < options.Length ? options[i + 1] : throw new UsageException($"{options[i]} needs a value. {Usage}");
            result = options[i] switch
            {
                "--maml" => result with { Maml = value },
                "--docs" => result with { Docs = value },
                "--schema" => result with { Schema = value },
                _ => throw new UsageException($"{options[i]} is not known. {Usage}"),
            };
        }

        return result;
    }
}
