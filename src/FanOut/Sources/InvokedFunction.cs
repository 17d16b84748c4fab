using FanOut.Aws.Lambda;
using FanOut.Engine.Mappings;

namespace FanOut.Sources;

/// <summary>The function that an event source mapping calls.</summary>
internal static class InvokedFunction
{
    /// <summary>Whether it calls a function. One that is named without an alias or version stands for all its aliases and versions.</summary>
    public static bool Is(EventSourceMappingConfiguration eventSourceMapping, FunctionDestination function) =>
        FunctionDestination.TryParse(eventSourceMapping.FunctionArn ?? "", out FunctionDestination? called, out _)
        && called.Name == function.Name
        && (function.Account is null || function.Account == called.Account)
        && (function.Qualifier is null || Qualifier(function.Qualifier) == Qualifier(called.Qualifier));

    /// <summary>The alias or version that it calls; null: <c>$LATEST</c>.</summary>
    public static string? QualifierOf(EventSourceMappingConfiguration eventSourceMapping) =>
        FunctionDestination.TryParse(eventSourceMapping.FunctionArn ?? "", out FunctionDestination? called, out _) ? Qualifier(called.Qualifier) : null;

    /// <summary>The function with the alias or version that it calls: <c>fanout:live</c>, or <c>fanout</c> for <c>$LATEST</c>.</summary>
    public static string TextOf(EventSourceMappingConfiguration eventSourceMapping) =>
        !FunctionDestination.TryParse(eventSourceMapping.FunctionArn ?? "", out FunctionDestination? called, out _) ? eventSourceMapping.FunctionArn ?? "(unknown)"
        : Qualifier(called.Qualifier) is { } qualifier ? $"{called.Name}:{qualifier}" : called.Name;

    /// <summary>An alias or version; null for <c>$LATEST</c>.</summary>
    public static string? Qualifier(string? qualifier) => qualifier == "$LATEST" ? null : qualifier;
}
