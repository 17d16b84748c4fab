namespace FanOut.Reports.Charts;

/// <summary>A series as a chart shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">The class of its colour.</param>
/// <param name="Series">Its values.</param>
internal sealed record ChartSeries(string Name, string Class, Series Series);
