using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using FanOut.Errors;

namespace FanOut.Parameters;

/// <summary>Lets the properties of piped objects count more than <c>$PSDefaultParameterValues</c>.</summary>
/// <remarks>
/// PowerShell binds such a default as if it had been typed, and a property of a piped object never replaces what was typed: with a default for the region, a target
/// that was got from another region would be looked for in the default's. What came from a default is known by being the default's own object: the same text, typed,
/// is another one.
/// </remarks>
internal sealed class PipedOverDefaults
{
    private readonly PSCmdlet _cmdlet;
    private readonly List<Defaulted> _defaulted = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Finds out which of the bound parameters have their defaults.</summary>
    /// <param name="cmdlet">The cmdlet, before its first object.</param>
    public PipedOverDefaults(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        IDictionary? defaults = Unwrapped(cmdlet.GetVariableValue("PSDefaultParameterValues")) as IDictionary;
        foreach (PropertyInfo property in cmdlet.GetType().GetProperties().Where(static p => p.GetCustomAttributes<ParameterAttribute>().Any(static a => a.ValueFromPipelineByPropertyName)))
        {
            string[] names = [property.Name, .. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []];
            _names.UnionWith(names);
            if (defaults is not null && cmdlet.MyInvocation.BoundParameters.ContainsKey(property.Name) && IsDefault(property, names, defaults))
            {
                _defaulted.Add(new Defaulted(property, names, property.GetValue(cmdlet)));
            }
        }
    }

    /// <summary>Whether a parameter has its value from <c>$PSDefaultParameterValues</c>.</summary>
    public bool IsDefault(string parameter) => _defaulted.Exists(d => d.Property.Name == parameter);

    /// <summary>Whether an object has any property that the cmdlet takes.</summary>
    public bool Concerns(PSObject input) => _names.Any(n => input.Properties[n] is not null);

    /// <summary>Gives the parameters that have defaults what the piped object has for them, and the others their defaults again.</summary>
    /// <param name="input">The object; null: nothing is piped.</param>
    /// <exception cref="FanOutException">A property's value cannot be that of its parameter.</exception>
    public void Apply(PSObject? input)
    {
        foreach ((PropertyInfo property, string[] names, object? value) in _defaulted)
        {
            object? piped = names.Select(n => Unwrapped(input?.Properties[n]?.Value)).FirstOrDefault(static v => v is not (null or ""));
            property.SetValue(_cmdlet, piped is null ? value : Converted(property, piped));
        }
    }

    private bool IsDefault(PropertyInfo property, string[] names, IDictionary defaults)
    {
        foreach (DictionaryEntry entry in defaults)
        {
            if ($"{entry.Key}".Split(':') is [var command, var parameter]
                && names.Contains(parameter.Trim(), StringComparer.OrdinalIgnoreCase)
                && new WildcardPattern(command.Trim(), WildcardOptions.IgnoreCase).IsMatch(_cmdlet.MyInvocation.MyCommand.Name))
            {
                object? bound = property.GetValue(_cmdlet), given = Unwrapped(entry.Value);
                return bound is string ? ReferenceEquals(bound, given) : LanguagePrimitives.TryConvertTo(given, property.PropertyType, out object converted) && Equals(bound, converted);
            }
        }

        return false;
    }

    private static object? Converted(PropertyInfo property, object piped)
    {
        object? value = piped;
        try
        {
            foreach (ArgumentTransformationAttribute transformation in property.GetCustomAttributes<ArgumentTransformationAttribute>())
            {
                value = transformation.Transform(null!, value!);
            }

            return LanguagePrimitives.ConvertTo(value, property.PropertyType, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is ArgumentTransformationMetadataException or PSInvalidCastException)
        {
            throw FanOutError.InvalidParameter(property.Name, piped, e.Message);
        }
    }

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>A parameter that has its default.</summary>
    private sealed record Defaulted(PropertyInfo Property, string[] Names, object? Value);
}
