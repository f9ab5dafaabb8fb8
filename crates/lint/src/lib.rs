//! Rules over a chart and what it renders to.
