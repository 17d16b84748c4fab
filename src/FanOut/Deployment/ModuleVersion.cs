using System.Reflection;

namespace FanOut.Deployment;

/// <summary>A version as the module's manifest has it: numbers, and after a hyphen the name of a prerelease.</summary>
/// <param name="Numbers">The numbers.</param>
/// <param name="Prerelease">The prerelease's name; empty: it is none.</param>
/// <remarks>The order is that of <see href="https://semver.org/#spec-item-11"/>, for names of prereleases without dots, which PowerShell does not allow.</remarks>
internal sealed record ModuleVersion(Version Numbers, string Prerelease) : IComparable<ModuleVersion>
{
    /// <summary>The module's own.</summary>
    public static ModuleVersion Own { get; } =
        TryParse(typeof(ModuleVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)!;

    /// <summary>Reads a version.</summary>
    /// <returns>Null: it is none.</returns>
    public static ModuleVersion? TryParse(string? text)
    {
        string[] parts = (text ?? "").Split('-', 2);
        return Version.TryParse(parts[0], out Version? numbers) ? new(numbers, parts is [_, var prerelease] ? prerelease : "") : null;
    }

    /// <inheritdoc/>
    public int CompareTo(ModuleVersion? other) =>
        Numbers.CompareTo(other?.Numbers) is var order and not 0 ? order
        : Prerelease.Length == 0 || other!.Prerelease.Length == 0 ? other!.Prerelease.Length.CompareTo(Prerelease.Length)
        : string.CompareOrdinal(Prerelease, other.Prerelease);

    /// <summary>As the manifest has it.</summary>
    public override string ToString() => Prerelease.Length == 0 ? $"{Numbers}" : $"{Numbers}-{Prerelease}";
}
