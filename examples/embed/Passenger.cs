/// <summary>A passenger as this program knows one; null where something is not known.</summary>
internal sealed record Passenger(double? Age, decimal Fare, string Sex, string? Port);
