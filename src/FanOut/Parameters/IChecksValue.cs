using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>What checks a parameter's value. PowerShell asks its attributes by itself; values of a file are checked by the same.</summary>
internal interface IChecksValue
{
    /// <summary>Checks a value.</summary>
    /// <exception cref="ValidationMetadataException">It is not allowed.</exception>
    void Check(object? value);
}
