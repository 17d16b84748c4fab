using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FanOut.Packing;

/// <summary>A package of NuGet as it was restored, with what it says of its licence.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Licence">The licence's SPDX expression; null: it names none.</param>
/// <param name="Copyright">Its copyright, or else its authors.</param>
/// <param name="Project">Where its project is; may be empty.</param>
/// <param name="Texts">The licence and the notices that it holds, by file name.</param>
/// <remarks>The form of a nuspec: <see href="https://learn.microsoft.com/nuget/reference/nuspec"/>.</remarks>
internal sealed record RestoredPackage(string Id, string Version, string? Licence, string Copyright, string Project, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>Its name and version.</summary>
    public override string ToString() => $"{Id} {Version}";

    /// <summary>Reads a package.</summary>
    /// <param name="folder">Its folder among NuGet's restored packages.</param>
    /// <exception cref="PackingException">There is none.</exception>
    public static RestoredPackage Read(string folder)
    {
        string nuspec = (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.nuspec") : []).FirstOrDefault()
            ?? throw new PackingException($"{folder} holds no restored package: 'dotnet restore' the project that uses it.");
        XElement[] metadata = [.. XDocument.Load(nuspec).Root!.Elements().First().Elements()];
        XElement? licence = metadata.FirstOrDefault(static e => e.Name.LocalName == "license");
        bool isFile = licence?.Attribute("type")?.Value == "file";
        return new(
            Value("id"), Value("version"), isFile ? null : licence?.Value, Value("copyright") is { Length: > 0 } copyright ? copyright : Value("authors"), Value("projectUrl"),
            Directory.GetFiles(folder)
                .Select(static f => Path.GetFileName(f))
                .Where(f => Regex.IsMatch(f, "^(LICEN[CS]E|NOTICE|THIRD-?PARTY-?NOTICES|COPYING)", RegexOptions.IgnoreCase) || (isFile && f == licence!.Value))
                .Order(StringComparer.Ordinal)
                .ToDictionary(static f => f, f => File.ReadAllText(Path.Join(folder, f)).ReplaceLineEndings("\n").Trim('\n')));

        string Value(string name) => metadata.FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim() ?? "";
    }
}
