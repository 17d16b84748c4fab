namespace FanOut.Reports.Pages;

/// <summary>A line between the function and a source or target.</summary>
/// <param name="Place">How far down it ends, from 0 to 1.</param>
/// <param name="Health">How it is.</param>
/// <param name="Flow">How many records took that way.</param>
internal sealed record FlowLink(double Place, Health Health, double Flow);
