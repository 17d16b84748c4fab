using FanOut.Aws.Lambda;
using FanOut.Engine.Mappings;

namespace FanOut.Sources;

/// <summary>Which function an event source mapping calls.</summary>
internal static class InvokedFunction
{
    /// <summary>Whether it calls the function; a function that was named without an alias or version is meant with whatever one.</summary>
    public static bool Is(EventSourceMappingConfiguration mapping, FunctionDestination function) =>
        FunctionDestination.TryParse(mapping.FunctionArn ?? "", out FunctionDestination? called, out _)
        && called.Name == function.Name
        && (function.Account is null || function.Account == called.Account)
        && (function.Qualifier is null || Qualifier(function.Qualifier) == Qualifier(called.Qualifier));

    /// <summary>The alias or version that it calls; none: the function as it is now.</summary>
    public static string? QualifierOf(EventSourceMappingConfiguration mapping) =>
        FunctionDestination.TryParse(mapping.FunctionArn ?? "", out FunctionDestination? called, out _) ? Qualifier(called.Qualifier) : null;

    /// <summary>An alias or version; $LATEST is none.</summary>
    public static string? Qualifier(string? qualifier) => qualifier == "$LATEST" ? null : qualifier;
}
