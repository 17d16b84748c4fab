using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FanOut.DesiredState.Files;
using FanOut.Parameters;

namespace FanOut.DesiredState.Sections;

/// <summary>Converts a value for a parameter, as PowerShell does where the parameter is typed: by its own attributes, so that both take the same.</summary>
internal static class BindParameter
{
    /// <summary>The parameter's value.</summary>
    /// <param name="parameter">The property of the cmdlet.</param>
    /// <param name="node">The value as it was given.</param>
    /// <exception cref="ArgumentTransformationMetadataException">The parameter does not take it.</exception>
    /// <exception cref="ValidationMetadataException">The parameter does not take it.</exception>
    /// <exception cref="PSInvalidCastException">The parameter does not take it.</exception>
    public static object? Of(PropertyInfo parameter, StateNode node)
    {
        Type type = parameter.PropertyType;
        type = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        object? value = parameter.GetCustomAttribute<JsonTextAttribute>() is not null && node.Members is not null ? Json(node)
            : node.Members is not null && type != typeof(IDictionary) ? throw Refused($"It is {node.Kind}.")
            : node.Items is not null && !parameter.PropertyType.IsArray ? throw Refused($"It is {node.Kind}.")
            : type == typeof(IDictionary) && node is { Members: null, IsEmpty: false } ? throw Refused($"It is {node.Kind}: an object with a name and a value for each is wanted.")
            : Plain(node);
        foreach (ArgumentTransformationAttribute transformation in parameter.GetCustomAttributes<ArgumentTransformationAttribute>())
        {
            value = transformation.Transform(null!, value!);
        }

        if (value is not null and not "")
        {
            foreach (IChecksValue check in parameter.GetCustomAttributes().OfType<IChecksValue>())
            {
                check.Check(value);
            }
        }

        return value is null || type == typeof(SwitchParameter) ? value : LanguagePrimitives.ConvertTo(value, parameter.PropertyType, CultureInfo.InvariantCulture);
    }

    /// <summary>An object as JSON, with its names in their order.</summary>
    private static string Json(StateNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            Write(json, node);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, StateNode node)
    {
        if (node.Members is { } members)
        {
            json.WriteStartObject();
            foreach ((string name, StateNode value) in members)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
        }
        else if (node.Items is { } items)
        {
            json.WriteStartArray();
            foreach (StateNode item in items)
            {
                Write(json, item);
            }

            json.WriteEndArray();
        }
        else
        {
            WriteScalar(json, node.Scalar);
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, object? scalar)
    {
        switch (scalar)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case decimal exact:
                json.WriteNumberValue(exact);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{scalar}"));
                break;
        }
    }

    private static object? Plain(StateNode node)
    {
        if (node.Members is { } members)
        {
            // Names of variables and tags differ by their case.
            OrderedDictionary table = [];
            foreach ((string name, StateNode value) in members)
            {
                table[name] = value.Members is null && value.Items is null ? value.Scalar : throw Refused($"{name} is {value.Kind}: a text is wanted.");
            }

            return table;
        }

        return node.Items is { } items ? items.Select(Plain).ToArray() : node.Scalar;
    }

    private static ArgumentTransformationMetadataException Refused(string problem) => new(problem);
}
