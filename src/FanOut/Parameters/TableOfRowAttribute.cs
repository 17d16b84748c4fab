using System.Collections;
using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Accepts a hashtable also as an object, which is what ConvertFrom-Json makes of one. An empty text, such as an empty field of a CSV file, is null.</summary>
/// <remarks>PowerShell itself makes no hashtable of an object.</remarks>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TableOfRowAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject { BaseObject: PSCustomObject } row => Table(row),
        PSObject wrapped => Of(wrapped.BaseObject),
        _ => Of(inputData),
    };

    private static object? Of(object? given) => given switch
    {
        null or IDictionary => given,
        string text when string.IsNullOrWhiteSpace(text) => null,
        _ => throw new ArgumentTransformationMetadataException($"'{given}' is not a hashtable: write @{{ name = 'value' }}."),
    };

    private static Hashtable Table(PSObject row)
    {
        var table = new Hashtable();
        foreach (PSPropertyInfo property in row.Properties)
        {
            table[property.Name] = property.Value;
        }

        return table;
    }
}
