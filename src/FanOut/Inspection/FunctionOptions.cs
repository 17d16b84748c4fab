using System.Globalization;
using FanOut.Aws.Lambda;
using FanOut.Engine.Delivery;
using FanOut.Engine.Settings;

namespace FanOut.Inspection;

/// <summary>How much a function sends at the same time, which decides how calls are cut.</summary>
/// <param name="Options">The same for the engine.</param>
/// <param name="Sender">Whose memory and settings these are, as a plan tells it.</param>
internal sealed record FunctionOptions(DeliveryOptions Options, string Sender)
{
    /// <summary>Those of a function that is not there, or may not be looked at.</summary>
    public static FunctionOptions Default { get; } = new(
        FunctionSettings.Read(static variable => variable.StartsWith(FunctionSettings.Prefix, StringComparison.Ordinal) ? null : "set").Delivery, "a function of 128 MB with its default settings");

    /// <summary>Those of a function.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configuration">Its settings; null: they are not known.</param>
    public static FunctionOptions Of(string name, FunctionConfiguration? configuration)
    {
        if (configuration?.MemorySize is not { } memory)
        {
            return Default;
        }

        string sender = string.Create(CultureInfo.InvariantCulture, $"the function {name}, with {memory} MB");
        Dictionary<string, string> variables = configuration.Environment?.Variables ?? [];
        try
        {
            return new FunctionOptions(FunctionSettings.Read(variable => variable == "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" ? memory.ToString(CultureInfo.InvariantCulture)
                : variable.StartsWith(FunctionSettings.Prefix, StringComparison.Ordinal) ? variables.GetValueOrDefault(variable) : "set").Delivery, $"{sender},");
        }
        catch (FormatException)
        {
            // Such a function does not start, which the check of the function says.
            return Default;
        }
    }
}
