namespace FanOut.Pester;

/// <summary>A test of a *.Tests.ps1 file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Name">The test's name, with those of the blocks around it.</param>
/// <param name="Problem">Why it failed, and where; none: it did not.</param>
public sealed record PesterTest(string File, string Name, string? Problem);
